namespace CityOps.Gis.Benchmarks.Circuits;

/// <summary>What a circuit has rendered, kept as blazor.web.js keeps the document (its BrowserRenderer), so that handlers are found by the attributes of their elements.</summary>
sealed class RenderedPage
{
    const int Element = 1, Text = 2, Attribute = 3, Component = 4, Region = 5, Markup = 8;
    readonly Dictionary<int, RenderedNode> _components = [];
    readonly Lock _changing = new();

    /// <summary>Elements that have an attribute.</summary>
    public List<RenderedNode> Find(string attribute)
    {
        lock (_changing)
            return [.. _components.Values.Where(one => one.Parent is null).SelectMany(root => root.Below()).Where(one => one.Attributes.ContainsKey(attribute))];
    }

    public void Apply(ReadOnlySpan<byte> bytes)
    {
        var batch = new RenderBatch(bytes);
        lock (_changing)
        {
            for (var index = 0; index < batch.Components; index++)
                Change(batch, batch.Component(index));
            for (var index = 0; index < batch.Disposed; index++)
                _components.Remove(batch.DisposedComponent(index));
        }
    }

    void Change(RenderBatch batch, int component)
    {
        var id = batch.Int(component);
        if (!_components.TryGetValue(id, out var parent))
            _components[id] = parent = new("", null);
        var moves = new List<(int From, int To)>();
        for (var index = 0; index < batch.Int(component + 4); index++)
            parent = Change(batch, RenderBatch.Edit(component, index), parent, moves);
    }

    // An edit: its kind, the child's number, a frame or another number, a name. Answers whose children the next one changes.
    RenderedNode Change(RenderBatch batch, int edit, RenderedNode parent, List<(int From, int To)> moves)
    {
        var (child, other) = (batch.Int(edit + 4), batch.Int(edit + 8));
        switch (batch.Int(edit))
        {
            case 1:
                Insert(batch, other, parent, child);
                break;
            case 2:
                parent.Children.RemoveAt(child);
                break;
            case 3:
                Set(batch, other, parent.Children[child]);
                break;
            case 4:
                parent.Children[child].Attributes.Remove(batch.Text(edit + 12)!);
                break;
            case 6:
                return parent.Children[child];
            case 7:
                return parent.Parent!;
            case 9:
                moves.Add((child, other));
                break;
            case 10:
                Move(parent, moves);
                break;
        }
        return parent;
    }

    static void Move(RenderedNode parent, List<(int From, int To)> moves)
    {
        var before = parent.Children.ToList();
        foreach (var (from, to) in moves)
            parent.Children[to] = before[from];
        moves.Clear();
    }

    static void Set(RenderBatch batch, int frame, RenderedNode element)
    {
        var at = batch.Frame(frame);
        if (batch.Long(at + 12) is > 0 and var handler)
            element.Handlers[batch.Text(at + 4)!] = handler;
        else
            element.Attributes[batch.Text(at + 4)!] = batch.Text(at + 8);
    }

    // Answers how many children came of it: a region is no child, its parts are.
    int Insert(RenderBatch batch, int frame, RenderedNode parent, int child)
    {
        var at = batch.Frame(frame);
        switch (batch.Int(at))
        {
            case Element:
                var element = new RenderedNode(batch.Text(at + 8)!, parent);
                parent.Children.Insert(child, element);
                InsertParts(batch, frame, element, 0);
                return 1;
            case Component:
                // Its component may have rendered before its place is told; the place is made anew then.
                parent.Children.Insert(child, _components[batch.Int(at + 8)] = new("", parent));
                return 1;
            case Region:
                return InsertParts(batch, frame, parent, child);
            case Text or Markup:
                parent.Children.Insert(child, new("", parent));
                return 1;
            default:
                return 0;
        }
    }

    int InsertParts(RenderBatch batch, int frame, RenderedNode parent, int first)
    {
        var (child, end) = (first, frame + batch.Int(batch.Frame(frame) + 4));
        for (var part = frame + 1; part < end; part += Span(batch, part))
            if (batch.Int(batch.Frame(part)) == Attribute)
                Set(batch, part, parent);
            else
                child += Insert(batch, part, parent, child);
        return child - first;
    }

    // Frames of a part with all that is within it; a component's own frames are not there.
    static int Span(RenderBatch batch, int frame)
        => batch.Int(batch.Frame(frame)) is Element or Component or Region ? Math.Max(1, batch.Int(batch.Frame(frame) + 4)) : 1;
}
