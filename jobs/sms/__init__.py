"""SMS: the port, two gateways, their receipts, and the alphabet that decides what a text costs."""
