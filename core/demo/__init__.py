"""A clinic to try everything with: invented, made from one file and the day on which it is loaded."""
