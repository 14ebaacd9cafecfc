"""The engine beyond one machine: generations in Milvus, as the same segments that the files have."""
