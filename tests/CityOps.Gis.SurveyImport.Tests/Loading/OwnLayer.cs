using CityOps.Gis.Layers;
using CityOps.Gis.PostGis;
using CityOps.Gis.SurveyImport.Loading;
using CityOps.Gis.Testing;

namespace CityOps.Gis.Tests.SurveyImport.Loading;

/// <summary>A layer of a test's own: one JSON file in a folder, beside the product's layers.</summary>
static class OwnLayer
{
    /// <summary>Trees as the city of Graz keeps them; a tree that is no longer delivered leaves the table.</summary>
    public const string GrazTrees = """
        {
          "id": "graz_trees", "title": { "zh": "格拉茨树木", "en": "Trees of Graz" }, "geometry": "point", "key": "number", "name": "german",
          "fields": [
            { "name": "number", "title": { "zh": "编号", "en": "Number" }, "required": true, "aliases": ["nummer"], "inTile": true },
            { "name": "botanical", "title": { "zh": "学名", "en": "Botanical name" }, "aliases": ["baumbezeichnung_botanisch"] },
            { "name": "german", "title": { "zh": "德文名", "en": "German name" }, "aliases": ["baumbezeichnung_deutsch"], "inTile": true },
            { "name": "kind", "title": { "zh": "类型", "en": "Kind" }, "aliases": ["baumtyp"] },
            { "name": "age", "title": { "zh": "树龄", "en": "Age class" }, "aliases": ["altersklassifizierung"] },
            { "name": "planted", "title": { "zh": "种植年", "en": "Planted" }, "aliases": ["pflanzjahr"] },
            { "name": "felled", "title": { "zh": "伐除年", "en": "Felled" }, "aliases": ["entnahmejahr"] },
            { "name": "monument", "title": { "zh": "自然古迹", "en": "Natural monument" }, "aliases": ["Naturdenkmal"] },
            { "name": "monument_owner", "title": { "zh": "古迹权属", "en": "Owner of the monument" }, "aliases": ["Naturdenkmal_Eigentum"] }
          ]
        }
        """;

    /// <summary>The product's catalogue with one file more.</summary>
    public static LayerCatalog Catalog(TempFolder folder, string name, string json)
    {
        Directory.CreateDirectory(folder.File("own-layers"));
        File.WriteAllText(Path.Combine(folder.File("own-layers"), name), json);
        return LayerCatalog.Load(Path.Combine(AppContext.BaseDirectory, "layers"), folder.File("own-layers"));
    }

    /// <summary>An importer on a database that is brought up to the catalogue.</summary>
    public static async Task<Importer> Importer(PostGisDatabase database, LayerCatalog catalog)
    {
        _ = database.Source;
        await Installation.Prepare(database.ConnectionString, catalog);
        return new(database.Source, catalog);
    }
}
