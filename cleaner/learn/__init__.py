"""Rules that a person's own clippings tell: what repeats across the documents of a site and is no article.

with Library(folder) as library:
    for site in library.sites():
        proposal = propose(site)
        proposal.pack.text()  # a rule file
"""
