namespace CityOps.Gis.SurveyImport.Sources;

/// <summary>The sentences for what cannot be read: which file, what is wrong with it, what to do.</summary>
static class Faults
{
    public static SourceFault PathMissing(string path) => new("PATH_MISSING", path, new(
        $"找不到 {path}，请检查路径。", $"There is no file or folder {path}; check the path."));

    public static SourceFault NothingReadable(string file, IReadOnlyList<SourceFault> faults) => new("NOTHING_READABLE", file, new(
        $"{file} 中没有可读取的图层。{string.Concat(faults.Take(5).Select(f => f.Message.Zh))}",
        $"Nothing in {file} can be read. {string.Join(" ", faults.Take(5).Select(f => f.Message.En))}".TrimEnd()));

    public static SourceFault NotData(string file) => new("NOT_DATA", file, new(
        $"{file} 不是地图或表格数据，未读取。", $"{file} is no map or table data and is left aside."));

    public static SourceFault Unsupported(string file, string formatZh, string formatEn, string doZh, string doEn) => new("FORMAT_UNSUPPORTED", file, new(
        $"{file} 是{formatZh}，无法直接读取，请{doZh}。", $"{file} is {formatEn}, which cannot be read directly; {doEn}."));

    public static SourceFault Other(string file, string expected, string found) => new("FILE_IS_OTHER", file, new(
        $"{file} 的扩展名表示 {expected}，内容却是{FileMagic.InChinese(found)}，请改正扩展名或重新导出。",
        $"{file} is named as {expected} but is {found}; correct its name or export it again."));

    public static SourceFault Empty(string file) => new("FILE_EMPTY", file, new(
        $"{file} 没有内容，请重新导出。", $"{file} is empty; export it again."));

    public static SourceFault ZipBroken(string file, string found) => new("ZIP_BROKEN", file, new(
        $"{file} 不是完好的 zip 压缩包（{FileMagic.InChinese(found)}），请重新打包。", $"{file} is no sound zip archive ({found}); pack it again."));

    public static SourceFault ZipPathClimbs(string file, string entry) => new("ZIP_PATH_CLIMBS", file, new(
        $"{file} 中的条目“{entry}”指向压缩包之外，已拒绝；请用普通文件夹重新打包。",
        $"The entry \"{entry}\" of {file} points outside the archive and was refused; pack it again from a plain folder."));

    public static SourceFault ZipTooBig(string file, string limitZh, string limitEn) => new("ZIP_TOO_BIG", file, new(
        $"{file} 解压后超出限制（{limitZh}），已拒绝；请分批打包，或提高限制。",
        $"{file} unpacks to more than is allowed ({limitEn}) and was refused; pack it in parts or raise the limit."));

    public static SourceFault ZipEncrypted(string file, string entry) => new("ZIP_ENCRYPTED", file, new(
        $"{file} 中的“{entry}”有密码，请去掉密码重新打包。", $"\"{entry}\" in {file} has a password; pack it again without one."));

    public static SourceFault ZipTooDeep(string file) => new("ZIP_TOO_DEEP", file, new(
        $"{file} 是压缩包中压缩包里的压缩包，请解压后再打包一次。", $"{file} is an archive three levels deep; unpack it and pack it once."));

    public static SourceFault GzipBroken(string file) => new("GZIP_BROKEN", file, new(
        $"{file} 不是完好的 gzip 文件，请重新压缩。", $"{file} is no sound gzip file; compress it again."));

    public static SourceFault DbfMissing(string file) => new("SHP_DBF_MISSING", file, new(
        $"{file} 缺少同名的 .dbf 属性表，请补齐后重新交付。", $"{file} lacks its .dbf, so all its attributes are gone; deliver the .dbf with it."));

    public static SourceFault DbfWithoutShp(string file) => new("DBF_WITHOUT_SHP", file, new(
        $"{file} 缺少同名的 .shp 图形文件，请补齐后重新交付。", $"{file} lacks its .shp, so its geometry is gone; deliver the .shp with it."));

    public static SourceFault ShpMissing(string file) => new("SHP_MISSING", file, new(
        $"{file} 是 Shapefile 的附属文件，但缺少 .shp，请补齐。", $"{file} belongs to a shapefile whose .shp is missing; deliver the .shp with it."));

    public static SourceFault Truncated(string file, long row) => new("SHP_TRUNCATED", file, new(
        $"{file} 在第 {row} 行处中断，文件不完整，请重新复制或导出。", $"{file} breaks off at row {row}; it is incomplete, copy or export it again."));

    public static SourceFault RecordBroken(string file, long row) => new("SHP_RECORD_BROKEN", file, new(
        $"{file} 第 {row} 行的图形记录已损坏，请修复或重新导出。", $"The geometry of row {row} in {file} is damaged; repair the file or export it again."));

    public static SourceFault ShapeUnsupported(string file, string type) => new("SHP_TYPE_UNSUPPORTED", file, new(
        $"{file} 的几何类型 {type} 无法导入，请转为点、线或面。", $"{file} holds geometry of type {type}; convert it to points, lines or polygons."));

    public static SourceFault CountsDiffer(string file, long shapes, long rows) => new("SHP_COUNTS_DIFFER", file, new(
        $"{file} 有 {shapes} 个图形，而 .dbf 有 {rows} 行，二者对不上，请重新导出。",
        $"{file} has {shapes} shapes but its .dbf has {rows} rows, so they cannot be paired; export it again."));

    public static SourceFault DbfBroken(string file) => new("DBF_BROKEN", file, new(
        $"{file} 的表头已损坏，请重新导出。", $"The header of {file} is damaged; export it again."));

    public static SourceFault TextRowTooLong(string file, long row, int cells, int columns) => new("CSV_ROW_TOO_LONG", file, new(
        $"{file} 第 {row} 行有 {cells} 个值，而表头只有 {columns} 列，请检查分隔符和引号。",
        $"Row {row} of {file} has {cells} values for {columns} columns; check its separators and quotes."));

    public static SourceFault TextBroken(string file, long row) => new("CSV_BROKEN", file, new(
        $"{file} 第 {row} 行附近的引号不成对，无法继续读取，请修正。", $"{file} cannot be read on from row {row}, where a quote is not closed; correct it."));

    public static SourceFault NoTable(string file) => new("TABLE_EMPTY", file, new(
        $"{file} 没有表头和数据行。", $"{file} has no header and no rows."));

    public static SourceFault WorkbookBroken(string file) => new("EXCEL_UNREADABLE", file, new(
        $"{file} 不是完好的 Excel 工作簿或有密码，请另存为无密码的 .xlsx。", $"{file} is no sound Excel workbook or has a password; save it as .xlsx without one."));

    public static SourceFault GdalMissing(string file) => new("GDAL_MISSING", file, new(
        $"读取 {file} 需要 GDAL，本机没有安装：apt-get install gdal-bin。", $"Reading {file} needs GDAL, which is not installed here: apt-get install gdal-bin."));

    public static SourceFault GdalRefuses(string file, string said) => new("GDAL_UNREADABLE", file, new(
        $"{file} 无法读取，GDAL 的说明是：{said}。请检查或重新导出。", $"{file} cannot be read; GDAL says: {said}. Check it or export it again."));

    public static SourceFault DrawingCutOff(string file) => new("DXF_CUT_OFF", file, new(
        $"{file} 不完整：DXF 的最后一组应为 0 和 EOF，此文件没有。请重新导出或重新传送。", $"{file} is not whole: a DXF ends with the group 0, EOF, and this one does not. Export or send it again."));

    public static SourceFault DrawingBroken(string file, long line, string found) => new("DXF_BROKEN", file, new(
        $"{file} 第 {line} 行的“{found}”不合 DXF 的结构（组码与值成对，分节）。请重新导出。",
        $"The '{found}' in line {line} of {file} breaks the structure of a DXF (pairs of a group code and a value, in sections). Export it again."));

    public static SourceFault BreaksOff(string file, string layer, long row, string said) => new("SOURCE_BROKEN", file, new(
        $"{file} 的图层“{layer}”在第 {row} 行之后无法继续读取：{said}。请重新导出。",
        $"The layer {layer} of {file} cannot be read on after row {row}: {said}. Export it again."));

    public static SourceFault NoLayers(string file) => new("NO_LAYERS", file, new(
        $"{file} 中没有任何图层。", $"{file} holds no layers."));

    public static SourceFault MdbToolsMissing(string file) => new("MDBTOOLS_MISSING", file, new(
        $"读取 Access 数据库 {file} 需要 mdbtools，本机没有安装：apt-get install mdbtools。",
        $"Reading the Access database {file} needs mdbtools, which is not installed here: apt-get install mdbtools."));

    public static SourceFault MdbUnreadable(string file, string said) => new("MDB_UNREADABLE", file, new(
        $"{file} 是 Access 数据库，但无法读取（{said}），请重新复制，或在 ArcGIS 中导出为文件地理数据库（.gdb）。",
        $"{file} is an Access database that cannot be read ({said}); copy it again, or export it to a file geodatabase (.gdb) with ArcGIS."));

    public static SourceFault NoGeodatabase(string file) => new("MDB_NO_GEODATABASE", file, new(
        $"{file} 是普通的 Access 数据库，不是个人地理数据库，其中没有图形；请把带坐标列的表导出为 CSV 或 Excel。",
        $"{file} is an Access database but no personal geodatabase, so it holds no geometry; export its table with coordinate columns as CSV or Excel."));

    public static SourceFault ClassMissing(string file, string table) => new("MDB_CLASS_MISSING", file, new(
        $"{file} 登记了要素类“{table}”，却没有这个表，请重新导出。", $"{file} lists the feature class {table} but has no such table; export it again."));
}
