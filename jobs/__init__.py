"""What happens by the clock, and the couriers that carry alerts."""
