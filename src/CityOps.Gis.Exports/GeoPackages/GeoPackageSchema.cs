namespace CityOps.Gis.Exports.GeoPackages;

/// <summary>The tables of an OGC GeoPackage 1.3 (OGC 12-128r17) as SQLite statements.</summary>
static class GeoPackageSchema
{
    /// <summary>Speed over safety: a file that breaks off is thrown away. Its mark and version are "GPKG" and 1.3.</summary>
    public const string Tables = """
        pragma page_size = 4096; pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive; pragma cache_size = -16000;
        pragma application_id = 1196444487; pragma user_version = 10300;
        create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer not null primary key, organization text not null,
            organization_coordsys_id integer not null, definition text not null, description text);
        create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
            last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x double, min_y double, max_x double, max_y double, srs_id integer,
            constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
        create table gpkg_geometry_columns (table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
            z tinyint not null, m tinyint not null, constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
            constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name), constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
        create table gpkg_extensions (table_name text, column_name text, extension_name text not null, definition text not null, scope text not null,
            constraint ge_tce unique (table_name, column_name, extension_name));
        insert into gpkg_spatial_ref_sys values ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', null), ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', null);
        """;

    /// <summary>The spatial index of a table <c>t</c> and its geometry <c>geom</c> (extension gpkg_rtree_index), filled but not yet kept up.</summary>
    public static string Index(string table) => $"create virtual table \"rtree_{table}_geom\" using rtree(id, minx, maxx, miny, maxy)";

    /// <summary>The triggers by which programs that know the functions ST_MinX and so on keep the index up; made last, as writing would call them.</summary>
    public static string Triggers(string table)
    {
        var (t, r) = ($"\"{table}\"", $"\"rtree_{table}_geom\"");
        const string row = "new.\"fid\", ST_MinX(new.\"geom\"), ST_MaxX(new.\"geom\"), ST_MinY(new.\"geom\"), ST_MaxY(new.\"geom\")";
        const string has = "new.\"geom\" notnull and not ST_IsEmpty(new.\"geom\")", hasNot = "(new.\"geom\" isnull or ST_IsEmpty(new.\"geom\"))";
        return $"""
            insert into gpkg_extensions values ('{table}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only');
            create trigger "rtree_{table}_geom_insert" after insert on {t} when ({has}) begin insert or replace into {r} values ({row}); end;
            create trigger "rtree_{table}_geom_update1" after update of "geom" on {t} when old."fid" = new."fid" and ({has}) begin insert or replace into {r} values ({row}); end;
            create trigger "rtree_{table}_geom_update2" after update of "geom" on {t} when old."fid" = new."fid" and {hasNot} begin delete from {r} where id = old."fid"; end;
            create trigger "rtree_{table}_geom_update3" after update on {t} when old."fid" != new."fid" and ({has}) begin delete from {r} where id = old."fid"; insert or replace into {r} values ({row}); end;
            create trigger "rtree_{table}_geom_update4" after update on {t} when old."fid" != new."fid" and {hasNot} begin delete from {r} where id in (old."fid", new."fid"); end;
            create trigger "rtree_{table}_geom_delete" after delete on {t} when old."geom" not null begin delete from {r} where id = old."fid"; end;
            """;
    }
}
