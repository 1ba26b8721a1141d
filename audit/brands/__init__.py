"""Brands at risk of counterfeit: the watchlist, how its names are matched, and who may sell them."""
