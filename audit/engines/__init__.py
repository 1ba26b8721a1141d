"""The same catalogue over tables that memory does not hold: read in parts, judged in buckets, and put together again."""
