"""Public products: what is known of each, and how its data come to be used here."""

from benchmark.products.product import Product, RemoteFile, load_product

__all__ = ["Product", "RemoteFile", "load_product"]
