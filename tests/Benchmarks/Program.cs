using CityOps.Gis.Benchmarks;

return args switch
{
    ["import", .. var rest] => await ImportBench.Run(rest),
    ["import-memory", .. var rest] => await ImportBench.Memory(rest),
    ["snapshot", .. var rest] => await SnapshotBench.Run(rest),
    ["tiles", .. var rest] => await TilesBench.Run(rest),
    ["follow", .. var rest] => await FollowBench.Run(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        ./cityops bench import [--rows 1000000] [--runs 3]   our whole import beside a bare ogr2ogr on the same GBK shapefile
        ./cityops bench import-memory [--rows 10000000]      peak memory of our import of a large file
        ./cityops bench snapshot [--rows 1000000] [--runs 3] a layer from PostgreSQL into memory, to disk and back; counts by question
        ./cityops bench tiles [--records 1m|xiamen]         tiles from memory beside ST_AsMVT of a clustered table by pgbench
        ./cityops bench follow [--records 1m|xiamen] [--minutes 10]   1,000 changed rows a second: commit to tile, tiles meanwhile, memory

        Every bench ends with lines "ratio <name> <value> goal <value> better lower|higher"; its output is kept in tests/bench-log/.
        """);
    return 0;
}
