"""The doors: Flask, what comes in and how it is answered."""
