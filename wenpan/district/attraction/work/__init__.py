"""What staff do on leads and with investors: the clocks of leads, visits and receptions, what awaits them."""
