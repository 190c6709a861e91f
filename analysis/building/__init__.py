"""What builds: chapters are run, the site is written, the briefing set. No figure and no word is made here."""
