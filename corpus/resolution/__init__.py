"""Which speaker each mention means: `corpus.speakers` asked about rows of the database.

resolver.py    the statements of one batch, from what is known by then
evidence.py    who bears a surname, by the roles that articles gave
settling.py    the surnames in it again, at an import's end, from all that is known
rerun.py       the whole corpus again, and what is tidied after it
proposing.py   speakers that may be one, proposed to curators
"""
