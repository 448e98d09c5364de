"""Cases that human operators answer."""
