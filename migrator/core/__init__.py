"""Words that every part of the program uses; imports nothing of ours."""
