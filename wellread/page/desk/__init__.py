"""The views of the editors' desk, `?desk`; what they do stands in `wellread.desk`."""
