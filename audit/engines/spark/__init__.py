"""The bounded path on Spark: the same steps, run by its pandas functions on a machine's cores or on a cluster."""
