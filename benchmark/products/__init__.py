"""Public products: what is known of each, and how their data come to be used."""
