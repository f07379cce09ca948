create virtual table post_search using fts5 (
    document,
    content = 'search_entry',
    content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 0'
);
