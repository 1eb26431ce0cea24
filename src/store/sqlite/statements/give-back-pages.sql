-- Gives some pages that hold nothing back to the disk; has to be stepped to its end.
pragma incremental_vacuum(64)
