def sheets(pages):
    """How many sheets a book needs: four pages on each."""
    return -(-pages // 4)
