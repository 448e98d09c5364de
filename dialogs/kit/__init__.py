"""The widgets of this house; everything else uses these and none of the library's own texts."""
