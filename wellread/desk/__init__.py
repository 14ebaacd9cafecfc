"""The editors' desk without its views: who may sign in, drafts, files dropped in, trials, publishing."""
