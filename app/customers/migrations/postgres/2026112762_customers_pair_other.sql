-- The pairs of one customer, whichever of the two it is.
create index customer_pair_other on customer_pair (other_id);
