"""The only bulk writer of the corpus: parsed documents in, rows and a report out.

    importing.run_import(options) → Report             the whole run, for commands and admin
    reading.Reading                                    the records of its input, one by one
    hashing, seen, decisions                           pure: what is new, changed, the same
    batches.process_batch                              one batch, one transaction
    stories.link_stories()                             reprints, when all is written
    pool                                               the processes that batches go to

Nothing is imported here: a worker process loads this package before Django is set up.
"""
