"""Speed at scale: a made corpus, queries drawn from it, and three ways to answer them."""
