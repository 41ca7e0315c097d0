#!/usr/bin/python3
"""A compiled catalogue: has each translation the places {0} and {1?...} of its English text?"""
import collections
import gettext
import re
import sys

faults = 0
with open(sys.argv[1], 'rb') as file:
    catalogue = gettext.GNUTranslations(file)._catalog
for english, other in catalogue.items():
    if not isinstance(english, str) or not english:
        continue
    places = [collections.Counter(re.findall(r'\{\d\??', text)) for text in (english, other)]
    # A place may be told once more or once less, but each one that there is must be told, and with its condition.
    if set(places[0]) != set(places[1]):
        faults += 1
        print(english, other, sep='\n', end='\n\n')
sys.exit(faults > 0)
