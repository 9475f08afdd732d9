using Microsoft.AspNetCore.Components;

namespace CityOps.Gis.Web.Components;

/// <summary>
/// What is within is rendered by its page only when <see cref="Of"/> is another value than before. A page renders whenever anything of it changes, and most of what it
/// shows has not; what happens within renders as ever.
/// </summary>
public sealed class Still : IComponent
{
    RenderHandle _handle;
    object? _rendered;

    /// <summary>All that the content shows of the page, such as a tuple.</summary>
    [Parameter, EditorRequired]
    public required object Of { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment ChildContent { get; set; }

    public void Attach(RenderHandle renderHandle) => _handle = renderHandle;

    public Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!Of.Equals(_rendered))
        {
            _rendered = Of;
            _handle.Render(ChildContent);
        }
        return Task.CompletedTask;
    }
}
