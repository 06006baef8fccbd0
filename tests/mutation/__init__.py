"""How good the proof is: faults that it has to find, and changes that it has to accept.

python -m tests.mutation            # everything, as a table; Node is needed
python -m tests.mutation --help
"""
