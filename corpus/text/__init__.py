"""Arabic text: characters, words, folding, segmentation. Pure, and the only analyser there is."""
