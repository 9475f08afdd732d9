using CityOps.Gis.Benchmarks;

return args switch
{
    ["import", .. var rest] => await ImportBench.Run(rest),
    ["import-memory", .. var rest] => await ImportBench.Memory(rest),
    ["snapshot", .. var rest] => await SnapshotBench.Run(rest),
    ["city", .. var rest] => await BenchCity.Make(rest),
    ["tiles", .. var rest] => await TilesBench.Run(rest),
    ["tiles-http", .. var rest] => await TilesHttpBench.Run(rest),
    ["tile-server", .. var rest] => await TileServerChild.Serve(rest),
    ["restart", .. var rest] => await RestartBench.Run(rest),
    ["tile-node", .. var rest] => await RestartBench.Serve(rest),
    ["follow", .. var rest] => await FollowBench.Run(rest),
    ["heat", .. var rest] => await HeatBench.Run(rest),
    ["search", .. var rest] => await SearchBench.Run(rest),
    ["export", .. var rest] => await ExportBench.Run(rest),
    ["export-one", .. var rest] => await ExportBench.Write(rest),
    ["faults", .. var rest] => await FaultBench.Run(rest),
    ["api", .. var rest] => await ApiBench.Run(rest),
    ["scope", .. var rest] => await ScopeBench.Run(rest),
    ["leaks", .. var rest] => await LeaksBench.Run(rest),
    ["scoped-server", .. var rest] => await LeaksBench.Serve(rest),
    ["circuits", .. var rest] => await CircuitsBench.Run(rest),
    ["first-map", .. var rest] => await FirstMapBench.Run(rest),
    ["overload", .. var rest] => await OverloadBench.Run(rest),
    ["guards", .. var rest] => await GuardsBench.Run(rest),
    ["web-server", .. var rest] => await WebServerChild.Serve(rest),
    ["devices", .. var rest] => await DevicesBench.Run(rest),
    ["device-server", .. var rest] => await DeviceServerChild.Serve(rest),
    ["board", ..] => await BoardBench.Run(),
    ["simulation", .. var rest] => await SimulationBench.Run(rest),
    ["fuzz", .. var rest] => await FuzzBench.Run(rest),
    ["fuzz-one", .. var rest] => await FuzzBench.Only(rest),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine("""
        ./cityops bench import [--rows 1000000] [--runs 3]   our whole import beside a bare ogr2ogr on the same GBK shapefile
        ./cityops bench import-memory [--rows 10000000]      peak memory of our import of a large file
        ./cityops bench snapshot [--rows 1000000] [--runs 3] a layer from PostgreSQL into memory, to disk and back; counts by question
        ./cityops bench city [--records 1m|xiamen]           the database that the benches below share, if it is not there yet
        ./cityops bench tiles [--records 1m|xiamen]          tiles from memory beside ST_AsMVT of a clustered table by pgbench
        ./cityops bench tiles-http [--records 1m|xiamen]     tiles a second over HTTP beside pgbench with two clients
                                                              --ours: without pgbench, for a quick look
        ./cityops bench restart [--records 1m|xiamen]        from a tile node's start to its first tile from files, and until it is live
        ./cityops bench follow [--records 1m|xiamen] [--minutes 10]   1,000 changed rows a second: commit to tile, tiles meanwhile, memory
        ./cityops bench heat [--records 1m|xiamen]           counts by cells of 100 m beside PostGIS, DuckDB and a bare loop
        ./cityops bench search [--records 1m|xiamen]         the search box over a city: codes, names, pinyin, places
        ./cityops bench export [--records 1m|xiamen]         a million components in every format: rows a second, peak memory (--formats csv,gpkg)
        ./cityops bench api [--records 1m|xiamen]            pages of items over HTTP beside the same statements by pgbench; counts
                                                              --database CONNECTION: over another database, for a quick look
                                                              --questions 40: fewer questions, where each takes the rival seconds
        ./cityops bench scope [--records 1m|xiamen]          what a caller's scope costs a tile, from memory and from PostGIS
        ./cityops bench leaks [--hidden 100000]              does the time of an answer tell of rows that the caller does not see? A city with and one without them
                                                              (--rounds 120)
        ./cityops bench circuits [--records 1m|xiamen]       100 people at the map: what they do in milliseconds, bytes of a pan, memory over rounds
                                                              (--people 100 --seconds 120 --rounds 4; --database CONNECTION)
        ./cityops bench first-map [--records 1m|xiamen]      from the address to the first map in Chromium; switching layers (--database CONNECTION)
        ./cityops bench overload [--records 1m|xiamen]       two thousand dear requests a second, and readers of a byte a second: served, shed, p99, memory
        ./cityops bench guards [--records 1m|xiamen]         tiles over HTTP with headers, gates and rates beside the same without
        ./cityops bench devices [--seconds 60]               10,000 devices, 2,000 messages a second by MQTT, QoS 1; product and database are restarted meanwhile
                                                              (--devices 10000 --rate 2000 --gateways 200)
        ./cityops bench board                                the dispatcher's board, tasks and a month's assessment over 1,170,000 cases
        ./cityops bench simulation [--days 3]                people of all roles and devices at work for days, by clocks that are set; then everything must agree with itself
                                                              (--reports 3262 --devices 200 --scenes 800)
        ./cityops bench fuzz [--minutes 10] [--seed n] [--only a,b]   every parser and every source with mutated inputs
        ./cityops bench faults [--minutes 5] [--seed n]      kills at random moments while it imports, edits and exports; nothing may be lost
                                                              --away 60: seconds that the database is stopped at most

        Every bench ends with lines "ratio <name> <value> goal <value> better lower|higher"; its output is kept in tests/bench-log/.
        """);
    return 0;
}
