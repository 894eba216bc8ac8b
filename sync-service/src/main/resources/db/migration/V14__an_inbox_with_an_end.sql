-- What the inbox deletes by age: what is done with, and what stayed dead. The second is also the list operators look at.
CREATE INDEX inbox_done ON inbox (received_at) WHERE state IN ('PROCESSED', 'IGNORED');
CREATE INDEX inbox_dead ON inbox (received_at DESC, id DESC) WHERE state = 'DEAD';
