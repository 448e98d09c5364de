"""Updates outside dialogs: commands, buttons under alerts, old windows, the doorstep."""
