"""What differs between clinics: policy, read from one TOML file."""
