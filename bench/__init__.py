"""What the product is measured by: ratios, both sides taken in turns in one run."""
