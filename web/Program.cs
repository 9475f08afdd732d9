return await CityOps.Gis.Web.Commands.CommandLine.Run(args);
