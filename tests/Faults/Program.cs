using CityOps.Gis.Testing.Faults;

return await ChildHost.Serve(args);
