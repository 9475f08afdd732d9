-- Of the product's own tables a caller's role (cityops_caller, cityops_city; sql/0016) may use what its statements and their triggers need, and nothing beside: deliveries, uploads,
-- quarantine and backups are read by the product itself, which asks first who made them. What is granted without row-level security stands, with its reason, in RowSecurityTests.

alter default privileges in schema cityops revoke select, insert, update, delete on tables from cityops_caller, cityops_city;

revoke all on cityops.batch, cityops.batch_issue, cityops.quarantine, cityops.mapping_profile, cityops.import_job, cityops.upload, cityops.backup, cityops.grid_mesh, cityops.grid_mesh_state
    from cityops_caller, cityops_city;

-- Read by every question; a change of a feature raises the version and says when (touch_layer), and changes no definition.
revoke all on cityops.layer from cityops_caller, cityops_city;
grant select, update (version, reload_version, changed_at) on cityops.layer to cityops_caller, cityops_city;

-- Lists that are the same for everybody.
revoke all on cityops.code_entry, cityops.responsibility, cityops.hanzi from cityops_caller, cityops_city;
grant select on cityops.code_entry, cityops.responsibility, cityops.hanzi to cityops_caller, cityops_city;

-- A feature that is written brings its texts into the dictionary (remember_search_texts); they are never changed.
revoke all on cityops.search_text, cityops.search_key from cityops_caller, cityops_city;
grant select, insert on cityops.search_text, cityops.search_key to cityops_caller, cityops_city;

-- Begun and ended by the one who exports.
revoke all on cityops.export_record from cityops_caller, cityops_city;
grant select, insert, update on cityops.export_record to cityops_caller, cityops_city;
