-- The bytes of pages that hold nothing.
select f.freelist_count * p.page_size as free_bytes from pragma_freelist_count f join pragma_page_size p
