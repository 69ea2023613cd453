-- A receipt is kept once, with the log's entry that it proves.
drop table deal_receipt;
