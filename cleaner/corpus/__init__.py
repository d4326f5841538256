"""What many documents of a site tell of each of them: lines that stand all over it are no part of any article.

One pass counts, in as many processes as one likes, and a second one cleans with what was counted:

    counter = LineCounter()
    for text, url in documents:
        counter.add(*cleaner.lines(text, url=url))
    write_table("crawl.counts", [counter])

    Cleaner(line_counts="crawl.counts").clean(text, url=url)
"""
