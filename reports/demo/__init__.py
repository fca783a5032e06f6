"""Believable reports for a demo, a trial of speed or a test. Every name, number and address is made up."""
