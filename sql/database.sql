-- Rights on the database itself. They are not copied by CREATE DATABASE ... TEMPLATE; safe to run again. One statement a
-- block.

REVOKE ALL ON DATABASE {{database}} FROM PUBLIC;

GRANT CONNECT ON DATABASE {{database}} TO {{product}}, {{audit}}, {{analyst}};

-- the product stages rows for COPY in temporary tables (COPY FROM does not work with row-level security)
GRANT TEMPORARY ON DATABASE {{database}} TO {{product}};

GRANT CREATE ON DATABASE {{database}} TO {{owner}}, {{security}};

-- databases upgraded from 14 still let everybody create here
REVOKE ALL ON SCHEMA public FROM PUBLIC;
