-- Documents hold words and single spaces only: everything but a space belongs to a word, so that the marks of
-- Indic scripts stay in theirs. No index of beginnings: at a million posts it makes the tables half as large again
-- and each post half as slow again, and only the shortest beginnings need it.
create virtual table post_search using fts5 (
    document,
    content = 'search_entry',
    content_rowid = 'id',
    columnsize = 0,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
);
-- Merging less often writes less; a search looks into a few segments more.
insert into post_search (post_search, rank) values ('automerge', 8);
