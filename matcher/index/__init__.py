"""Search by inner product, exact and with FAISS, and the snapshot folders that hold it."""
