import os


def paper(sheets):
    """The price of the paper."""
    return sheets * float(os.environ["PAPER_PRICE"])
