using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Xunit;

namespace CityOps.Gis.Tests.Web;

/// <summary>
/// What somebody does on a rendered component. The element is waited for, then looked up and acted on in one turn of the renderer:
/// an answer of the database that arrives between the two would draw the component anew, and the element that was found would be gone.
/// </summary>
static class Acting
{
    /// <param name="css">What is clicked.</param>
    /// <param name="place">Which of those found, from 0.</param>
    public static Task Click<T>(this IRenderedComponent<T> page, string css, int place = 0) where T : IComponent => Act(page, css, place, element => element.ClickAsync(new()));

    public static Task Change<T>(this IRenderedComponent<T> page, string css, object? value, int place = 0) where T : IComponent => Act(page, css, place, element => element.ChangeAsync(new() { Value = value }));

    public static Task Type<T>(this IRenderedComponent<T> page, string css, string text) where T : IComponent => Act(page, css, 0, element => element.InputAsync(new() { Value = text }));

    public static Task Submit<T>(this IRenderedComponent<T> page, string css) where T : IComponent => Act(page, css, 0, element => element.SubmitAsync());

    public static Task Press<T>(this IRenderedComponent<T> page, string css, string key) where T : IComponent => Act(page, css, 0, element => element.KeyDownAsync(new KeyboardEventArgs { Key = key }));

    static Task Act<T>(IRenderedComponent<T> page, string css, int place, Func<IElement, Task> act) where T : IComponent
    {
        page.WaitForAssertion(() => Assert.True(page.FindAll(css).Count > place, $"{css} is not there:\n{page.Markup}"));
        return page.InvokeAsync(() => act(page.FindAll(css)[place]));
    }
}
